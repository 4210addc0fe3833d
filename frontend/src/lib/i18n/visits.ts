import { addWords } from '.'
import problemsEn from './centre-problems.en'
import problemsEs from './centre-problems.es'
import en from './visits.en'
import es from './visits.es'

addWords('visits', { en, es })
addWords('problem', { en: problemsEn, es: problemsEs })
