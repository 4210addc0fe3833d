import { addWords } from '.'
import en from './kiosks.en'
import es from './kiosks.es'
import problemsEn from './kiosks-problems.en'
import problemsEs from './kiosks-problems.es'

addWords('kiosks', { en, es })
addWords('problem', { en: problemsEn, es: problemsEs })
