import { addWords } from '.'
import en from './person.en'
import es from './person.es'
import notesEn from './notes.en'
import notesEs from './notes.es'

// The words of the pages about one client come with those pages.
addWords('person', { en, es })
addWords('notes', { en: notesEn, es: notesEs })
