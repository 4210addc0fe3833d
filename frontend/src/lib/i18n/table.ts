import { addWords } from '.'
import en from './table.en'
import es from './table.es'
import problemsEn from './table-problems.en'
import problemsEs from './table-problems.es'

addWords('table', { en, es })
addWords('problem', { en: problemsEn, es: problemsEs })
