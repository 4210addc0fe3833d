import { addWords } from '.'
import en from './table.en'
import es from './table.es'

addWords('table', { en, es })
