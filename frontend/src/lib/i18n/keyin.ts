import { addWords } from '.'
import en from './keyin.en'
import es from './keyin.es'
import problemsEn from './keyin-problems.en'
import problemsEs from './keyin-problems.es'

addWords('keyin', { en, es })
addWords('problem', { en: problemsEn, es: problemsEs })
