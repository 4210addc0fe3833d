import type { TypedDocumentNode } from '@graphql-typed-document-node/core'

/** What goes over the wire instead of a query's text. */
export interface TrustedDocument {
  documentId: string
  operationName: string
}

interface Generated extends TrustedDocument {
  __meta__?: { hash: string; operation: string; operationName: string }
  kind: string
  definitions: unknown[]
}

/**
 * Gives a generated document (nothing but its hash, kind and name) the fields that urql reads: an id for its caches,
 * and an operation without fields that says whether it is a query or a mutation.
 * Idempotent; throws when the document was not made by `npm run codegen`.
 */
export function trust<Data, Variables>(
  document: TypedDocumentNode<Data, Variables>,
): TypedDocumentNode<Data, Variables> & TrustedDocument {
  const generated = document as unknown as Generated
  if (!generated.documentId) {
    if (!generated.__meta__) throw new Error('Not a trusted document.')
    const { hash, operation, operationName } = generated.__meta__
    generated.documentId = hash
    generated.operationName = operationName
    generated.kind = 'Document'
    generated.definitions = [
      {
        kind: 'OperationDefinition',
        operation,
        name: { kind: 'Name', value: operationName },
        selectionSet: { kind: 'SelectionSet', selections: [] },
      },
    ]
  }
  return generated as unknown as TypedDocumentNode<Data, Variables> & TrustedDocument
}
