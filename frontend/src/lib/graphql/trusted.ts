import type { TypedDocumentNode } from '@graphql-typed-document-node/core'

/** What goes over the wire instead of a query's text. */
export interface TrustedDocument {
  documentId: string
  operationName: string
}

type Generated = TrustedDocument & { __meta__?: { hash: string; operationName: string }; kind: string; definitions: [] }

/**
 * Gives a generated document (nothing but its hash and name) the fields that urql's caches read.
 * Idempotent; throws when the document was not made by `npm run codegen`.
 */
export function trust<Data, Variables>(
  document: TypedDocumentNode<Data, Variables>,
): TypedDocumentNode<Data, Variables> & TrustedDocument {
  const generated = document as unknown as Generated
  if (!generated.documentId) {
    if (!generated.__meta__) throw new Error('Not a trusted document.')
    generated.documentId = generated.__meta__.hash
    generated.operationName = generated.__meta__.operationName
    generated.kind = 'Document'
    generated.definitions = []
  }
  return generated as unknown as TypedDocumentNode<Data, Variables> & TrustedDocument
}
