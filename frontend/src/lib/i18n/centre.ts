import { addWords } from '.'
import en from './centre.en'
import es from './centre.es'
import problemsEn from './centreProblems.en'
import problemsEs from './centreProblems.es'

addWords('centre', { en, es })
addWords('problem', { en: problemsEn, es: problemsEs })
