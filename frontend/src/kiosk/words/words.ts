import type { KioskLanguage } from '../engine/types'
import en, { type Words } from './en'
import es from './es'

export type { Words }

/** Both languages are always at hand, offline too. */
export const words: Record<KioskLanguage, Words> = { en, es }
