import { addWords } from '.'
import en from './choices.en'
import es from './choices.es'
import problemsEn from './choices-problems.en'
import problemsEs from './choices-problems.es'

// What the centre chooses for itself: for admins alone, so it comes with their pages.
addWords('choices', { en, es })
addWords('problem', { en: problemsEn, es: problemsEs })
