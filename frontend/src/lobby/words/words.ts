import type { KioskLanguage } from '@/kiosk/engine/types'
import en, { type Words } from './en'
import es from './es'

export type { Words }

export const words: Record<KioskLanguage, Words> = { en, es }
