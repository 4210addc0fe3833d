import { addWords } from '.'
import './person'
import problemsEn from './privacy-problems.en'
import problemsEs from './privacy-problems.es'
import en from './privacy.en'
import es from './privacy.es'

addWords('privacy', { en, es })
addWords('problem', { en: problemsEn, es: problemsEs })
