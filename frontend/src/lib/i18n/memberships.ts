import { addWords } from '.'
import en from './memberships.en'
import es from './memberships.es'
import problemsEn from './memberships-problems.en'
import problemsEs from './memberships-problems.es'

addWords('holding', { en, es })
addWords('problem', { en: problemsEn, es: problemsEs })
