import { addWords } from '.'
import en from './settings.en'
import es from './settings.es'

// The settings are for few: their words come with their pages, under `settings`, and not with the desk.
addWords('settings', { en, es })
