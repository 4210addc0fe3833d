import { addWords } from '.'
import en from './secondFactor.en'
import es from './secondFactor.es'

// Not needed at the desk: its words come with the step at sign-in and with the profile.
addWords('secondFactor', { en, es })
