import { addWords } from '.'
import en from './users.en'
import es from './users.es'
import problemsEn from './users-problems.en'
import problemsEs from './users-problems.es'

addWords('users', { en, es })
addWords('problem', { en: problemsEn, es: problemsEs })
