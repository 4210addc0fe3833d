import { addWords } from '.'
import en from './tags.en'
import es from './tags.es'

addWords('tags', { en, es })
