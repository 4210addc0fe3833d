import { addTypenameSelectionDocumentTransform } from '@graphql-codegen/client-preset'
import type { CodegenConfig } from '@graphql-codegen/cli'
import { Kind, type DocumentNode } from 'graphql'

/** Name and kind travel beside the hash, since the bundle carries no query text to read them from. */
function aboutOperation(document: DocumentNode): { operation: string; operationName: string } {
  const operation = document.definitions.find((definition) => definition.kind === Kind.OPERATION_DEFINITION)
  if (!operation?.name) throw new Error('Every operation needs a name.')
  return { operation: operation.operation, operationName: operation.name.value }
}

const generated = {
  preset: 'client',
  documentTransforms: [addTypenameSelectionDocumentTransform],
  presetConfig: {
    fragmentMasking: false,
    persistedDocuments: { mode: 'replaceDocumentWithHash', hashAlgorithm: 'sha256' },
    onExecutableDocumentNode: aboutOperation,
  },
  config: {
    strictScalars: true,
    useTypeImports: true,
    enumsAsTypes: true,
    scalars: { ID: 'string', Date: 'string', DateTime: 'string', UUID: 'string' },
  },
} satisfies CodegenConfig['generates'][string]

const config: CodegenConfig = {
  schema: 'schema.graphql',
  ignoreNoDocuments: false,
  generates: {
    'src/gql/': { ...generated, documents: ['src/**/*.graphql', '!src/kiosk/**', '!src/lobby/**'] },
    // A paired device runs its own documents and no others, so the server has to tell them apart.
    'src/kiosk/gql/': { ...generated, documents: ['src/{kiosk,lobby}/**/*.graphql'] },
  },
}

export default config
