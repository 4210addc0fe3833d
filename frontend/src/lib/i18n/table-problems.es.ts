import type en from './table-problems.en'

const problems: typeof en = {
  SELECTION_CHANGED: 'Entretanto se trata de otros clientes. Mire el nuevo número antes de seguir.',
  STILL_RUNNING: 'Todavía se está haciendo. Espere a que termine.',
  ALREADY_UNDONE: 'Esto ya se deshizo antes.',
  TAG_GONE: 'La etiqueta se quitó entretanto, a todos.',
}

export default problems
