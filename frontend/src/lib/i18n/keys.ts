import { addWords } from '.'
import en from './keys.en'
import es from './keys.es'
import problemsEn from './keys-problems.en'
import problemsEs from './keys-problems.es'

addWords('keys', { en, es })
addWords('problem', { en: problemsEn, es: problemsEs })
