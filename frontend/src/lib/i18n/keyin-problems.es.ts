import type en from './keyin-problems.en'

const problems: typeof en = {
  LEFT_BEFORE: 'Nadie se va antes de llegar.',
  STAYED_TOO_LONG: 'Nadie se queda más de un día.',
}

export default problems
