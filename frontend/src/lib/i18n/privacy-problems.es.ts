import type en from './privacy-problems.en'

const problems: Record<keyof typeof en, string> = {
  MERGED: 'Uno de estos clientes se unió a otro. Vuelva a cargar la página.',
  ERASED: 'Este cliente fue borrado. Ya no se puede hacer nada con él.',
  ARCHIVED: 'El cliente que se queda está archivado. Restáurelo primero o conserve a otro.',
  UNDONE: 'Esta unión ya se deshizo.',
  MERGE_TOO_OLD: 'Una unión se puede deshacer durante 30 días. Esta es más antigua.',
  NAME_DIFFERS: 'No es el nombre del cliente. Escriba nombre y apellido como se muestran.',
  SAME_CLIENT: 'Nadie puede unirse consigo mismo. Elija clientes distintos.',
  NOT_ONE_OF_THEM: 'Elija uno de estos clientes.',
  NOBODY: 'Entre estos no hay nadie que pueda tener una tarjeta.',
}

export default problems
