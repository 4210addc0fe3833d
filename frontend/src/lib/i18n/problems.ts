import { addWords } from '.'
import en from './problems.en'
import es from './problems.es'

// Only pages on which something is written need them.
addWords('problem', { en, es })
