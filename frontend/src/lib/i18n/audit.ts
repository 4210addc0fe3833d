import { addWords } from '.'
import en from './audit.en'
import es from './audit.es'

addWords('audit', { en, es })
