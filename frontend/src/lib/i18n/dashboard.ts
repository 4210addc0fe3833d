import { addWords } from '.'
import en from './dashboard.en'
import es from './dashboard.es'

// They come with the page, under `dashboard`, and not with the desk.
addWords('dashboard', { en, es })
