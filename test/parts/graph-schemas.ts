import {Ajv, type ErrorObject, type ValidateFunction} from 'ajv'
import addFormats from 'ajv-formats'

type Json = Readonly<Record<string, unknown>>

/** A schema of OpenAPI 3.0, as the description of Graph uses it. */
export interface OpenSchema {
  readonly $ref?: string
  readonly type?: string
  readonly nullable?: boolean
  readonly properties?: Readonly<Record<string, OpenSchema>>
  readonly additionalProperties?: boolean | OpenSchema
  readonly required?: readonly string[]
  readonly items?: OpenSchema
  readonly allOf?: readonly OpenSchema[]
  readonly anyOf?: readonly OpenSchema[]
  readonly enum?: readonly string[]
  readonly isFlags?: boolean
  readonly format?: string
  readonly pattern?: string
  readonly discriminator?: unknown
}

/** Says what is wrong with a value; undefined when nothing is. */
export type Check = (value: unknown) => string | undefined

/** Checks values against schemas; `isBeta` also knows the properties that only /beta has. */
export interface SchemaChecks {
  check(schema: OpenSchema, isBeta: boolean): Check
}

// What v1.0 does not have.
const betaProperties: Readonly<Record<string, Readonly<Record<string, OpenSchema>>>> = {
  organization: {onPremisesLastPasswordSyncDateTime: {type: 'string', format: 'date-time', nullable: true}},
  user: {
    invalidateAllRefreshTokens: {type: 'boolean', nullable: true},
    onPremisesObjectIdentifier: {type: 'string', nullable: true},
    refreshTokensValidFromDateTime: {type: 'string', format: 'date-time', nullable: true},
  },
}

// What JSON says of a value beside it (OData JSON format 4.01, 4.6): the context at every answer, the next link of what was expanded.
const annotation = '^[A-Za-z]*@odata\\.[A-Za-z]+$'
const prefix = '#/components/schemas/'

/**
 * The schemas of a description, each compiled when the first value of it comes: an object is held against the type that its @odata.type
 * names, when that is one of the schema's own or derived from it, and properties that the type does not have are refused.
 */
export function openSchemas(schemas: Readonly<Record<string, OpenSchema>>): SchemaChecks {
  const versions = [false, true].map((isBeta) => checksOf(schemas, isBeta))
  return {check: (schema, isBeta) => (versions[Number(isBeta)] ?? noChecks)(schema)}
}

const noChecks = (): Check => () => undefined

function checksOf(schemas: Readonly<Record<string, OpenSchema>>, isBeta: boolean): (schema: OpenSchema) => Check {
  const ajv = new Ajv({strict: false, logger: false})
  addFormats.default(ajv)
  // Edm.Binary: the real service sends base64, its description says base64url.
  ajv.addFormat('base64url', /^[\w+/-]*={0,2}$/)
  const compiled = new Map<string, ValidateFunction>()
  const byName = (name: string): ValidateFunction => {
    const known = compiled.get(name)
    if (known !== undefined) return known
    const made = ajv.compile(toJsonSchema(flatten(schemas, name, isBeta)))
    compiled.set(name, made)
    return made
  }
  const typed = Object.assign(
    (name: string, value: unknown): boolean => {
      const check = byName(typeOf(schemas, name, value))
      const holds = check(value)
      Object.assign(typed, {errors: check.errors ?? []})
      return holds
    },
    {errors: [] as ErrorObject[]},
  )
  ajv.addKeyword({keyword: 'graphType', validate: typed})
  return (schema) => {
    const check = schema.$ref === undefined ? ajv.compile(toJsonSchema(schema)) : undefined
    return (value) => {
      const name = schema.$ref?.slice(prefix.length) ?? ''
      const held = check ?? byName(typeOf(schemas, name, value))
      return held(value) ? undefined : toText(held)
    }
  }
}

const toText = ({errors}: ValidateFunction): string =>
  (errors ?? [])
    .map(({instancePath, message, params}) => `${instancePath} ${message} ${JSON.stringify(params)}`)
    .join('; ')

/** The schema for a value: that of its own @odata.type, when that is a kind of the wanted one. */
function typeOf(schemas: Readonly<Record<string, OpenSchema>>, wanted: string, value: unknown): string {
  const type = (value as Json | null)?.['@odata.type']
  const name = typeof type === 'string' ? type.replace(/^#/, '') : wanted
  return ancestors(schemas, name).includes(wanted) ? name : wanted
}

const ancestors = (schemas: Readonly<Record<string, OpenSchema>>, name: string): string[] => [
  name,
  ...(schemas[name]?.allOf ?? []).flatMap(({$ref}) => ($ref ? ancestors(schemas, $ref.slice(prefix.length)) : [])),
]

/** A schema with what it takes from others in it, closed. */
function flatten(schemas: Readonly<Record<string, OpenSchema>>, name: string, isBeta: boolean): OpenSchema {
  const schema = schemas[name]
  if (schema === undefined) throw new Error(`there is no schema ${name}`)
  const own = isBeta ? betaProperties[name.replace('microsoft.graph.', '')] : undefined
  if (schema.allOf === undefined) {
    // Whatever is derived from it says so in @odata.type.
    const {additionalProperties = false} = schema.discriminator === undefined ? schema : {}
    return {...schema, additionalProperties, properties: {...schema.properties, ...own}}
  }
  const parts = schema.allOf.map((part) =>
    part.$ref === undefined ? part : flatten(schemas, part.$ref.slice(prefix.length), isBeta),
  )
  const properties = Object.assign({}, ...parts.map((part) => part.properties), own)
  return {type: 'object', properties, required: parts.flatMap(({required = []}) => required)}
}

/** From OpenAPI 3.0 to JSON Schema. */
function toJsonSchema(schema: OpenSchema): Json {
  if (schema.$ref !== undefined) return {graphType: schema.$ref.slice(prefix.length)}
  // "anyOf X or a nullable object" is how an X that may be null is described.
  const parts = schema.anyOf?.map((part) =>
    part.$ref === undefined && part.nullable ? {type: 'null'} : toJsonSchema(part),
  )
  const {type, format, pattern, items, properties, required = [], nullable = false, isFlags = false} = schema
  const json: Json = {
    ...(parts === undefined ? {} : {anyOf: parts}),
    ...(type === undefined ? {} : {type}),
    ...(format === undefined ? {} : {format}),
    ...(pattern === undefined ? {} : {pattern}),
    ...(schema.enum === undefined || isFlags ? {} : {enum: schema.enum}),
    ...(items === undefined ? {} : {items: toJsonSchema(items)}),
    ...(required.length === 0 ? {} : {required}),
    ...(properties === undefined ? {} : toObject(properties, schema.additionalProperties)),
  }
  return nullable ? {anyOf: [json, {type: 'null'}]} : json
}

function toObject(
  properties: Readonly<Record<string, OpenSchema>>,
  additional: OpenSchema['additionalProperties'] = false,
): Json {
  return {
    properties: Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, toJsonSchema(schema)])),
    patternProperties: {[annotation]: true},
    additionalProperties: typeof additional === 'object' ? toJsonSchema(additional) : additional,
  }
}
