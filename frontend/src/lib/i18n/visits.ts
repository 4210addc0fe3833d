import { addWords } from '.'
import problemsEn from './centreProblems.en'
import problemsEs from './centreProblems.es'
import en from './visits.en'
import es from './visits.es'

addWords('visits', { en, es })
addWords('problem', { en: problemsEn, es: problemsEs })
