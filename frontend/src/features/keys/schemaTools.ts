import {
  buildClientSchema,
  getIntrospectionQuery,
  GraphQLError,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isUnionType,
  parse,
  validate,
  type GraphQLNamedType,
  type GraphQLSchema,
  type IntrospectionQuery,
} from 'graphql'

// Loaded only by the playground: the language's own library is as large as a page.

export const INTROSPECTION = getIntrospectionQuery({ descriptions: true })

export const schemaOf = (data: unknown): GraphQLSchema => buildClientSchema(data as IntrospectionQuery)

/** What is wrong with a query, with its line; at most five. Without a schema only its form is looked at. */
export function problemsOf(query: string, schema: GraphQLSchema | null): { message: string; line: number | null }[] {
  try {
    const document = parse(query)
    const errors = schema ? validate(schema, document).slice(0, 5) : []
    return errors.map((error) => ({ message: error.message, line: error.locations?.[0]?.line ?? null }))
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error
    return [{ message: error.message, line: error.locations?.[0]?.line ?? null }]
  }
}

export interface DocumentedField {
  name: string
  /** Its arguments and its type, as the schema's language writes them. */
  signature: string
  /** The type to go on to. */
  type: string
  description: string
  deprecated: string | null
}

export interface DocumentedType {
  name: string
  kind: 'object' | 'input' | 'enum' | 'union' | 'scalar'
  description: string
  fields: DocumentedField[]
}

const nameOf = (type: { toString: () => string }) => type.toString().replace(/[[\]!]/g, '')

function fieldsOf(type: GraphQLNamedType): DocumentedField[] {
  if (isObjectType(type) || isInterfaceType(type))
    return Object.values(type.getFields()).map((field) => ({
      name: field.name,
      signature: `${field.args.length ? `(${field.args.map((each) => `${each.name}: ${String(each.type)}`).join(', ')})` : ''}: ${String(field.type)}`,
      type: nameOf(field.type),
      description: field.description ?? '',
      deprecated: field.deprecationReason ?? null,
    }))
  if (isInputObjectType(type))
    return Object.values(type.getFields()).map((field) => ({
      name: field.name,
      signature: `: ${String(field.type)}`,
      type: nameOf(field.type),
      description: field.description ?? '',
      deprecated: field.deprecationReason ?? null,
    }))
  if (isEnumType(type))
    return type.getValues().map((value) => ({
      name: value.name,
      signature: '',
      type: '',
      description: value.description ?? '',
      deprecated: value.deprecationReason ?? null,
    }))
  if (isUnionType(type))
    return type.getTypes().map(({ name, description }) => ({
      name,
      signature: '',
      type: name,
      description: description ?? '',
      deprecated: null,
    }))
  return []
}

/** One type of the schema as the documentation shows it; null for an unknown name. */
export function documented(schema: GraphQLSchema, name: string): DocumentedType | null {
  const type = schema.getType(name)
  if (!type) return null
  const composite = isObjectType(type) || isInterfaceType(type)
  const kind = composite
    ? 'object'
    : isInputObjectType(type)
      ? 'input'
      : isEnumType(type)
        ? 'enum'
        : isUnionType(type)
          ? 'union'
          : 'scalar'
  return { name, kind, description: type.description ?? '', fields: fieldsOf(type) }
}

/** Types and fields whose name has the words that were typed, at most thirty; fields as "Type.field". */
export function found(schema: GraphQLSchema, typed: string): { type: string; label: string }[] {
  const wanted = typed.trim().toLowerCase()
  if (!wanted) return []
  const hits: { type: string; label: string }[] = []
  for (const type of Object.values(schema.getTypeMap())) {
    if (type.name.startsWith('__')) continue
    if (type.name.toLowerCase().includes(wanted)) hits.push({ type: type.name, label: type.name })
    for (const field of fieldsOf(type))
      if (field.signature && field.name.toLowerCase().includes(wanted))
        hits.push({ type: type.name, label: `${type.name}.${field.name}` })
  }
  return hits.sort((one, other) => one.label.length - other.label.length).slice(0, 30)
}
