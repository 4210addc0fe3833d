import { addWords } from '.'
import en from './centre.en'
import es from './centre.es'
import problemsEn from './centre-problems.en'
import problemsEs from './centre-problems.es'

addWords('centre', { en, es })
addWords('problem', { en: problemsEn, es: problemsEs })
