import { type OpenAPI, OpenAPIGenerator } from '@orpc/openapi'
import { ZodToJsonSchemaConverter } from '@orpc/zod/zod4'
import { SAFETY_HEADER } from '../../contract/control-plane/fleet.ts'
import { consumerContract, operatorContract } from '../../contract/control-plane/index.ts'
import { PROBLEM_MEDIA_TYPE, type ProblemSlug, problemStatuses } from '../../contract/control-plane/problem.ts'

let made: Promise<OpenAPI.Document> | undefined

/** What both contracts say, as an OpenAPI document: every call with its bodies, and what it is refused with. Made once. */
export function openApiDocument(): Promise<OpenAPI.Document> {
  made ??= makeDocument()
  return made
}

async function makeDocument(): Promise<OpenAPI.Document> {
  const generator = new OpenAPIGenerator({ schemaConverters: [new ZodToJsonSchemaConverter()] })
  const document = await generator.generate(
    { consumer: consumerContract, operator: operatorContract },
    {
      info: { title: 'Restore control plane', version: '1' },
      components: { responses: problemResponses(), schemas: { Problem: problem } },
    },
  )
  Object.assign(document.components ?? {}, { securitySchemes })
  for (const [path, item] of Object.entries(document.paths ?? {})) {
    for (const operation of [item?.get, item?.post]) if (operation !== undefined) complete(operation, path)
  }
  return document
}

const securitySchemes = {
  consumer: {
    type: 'mutualTLS',
    description: 'A device with the role backup-restore, known by the key of its certificate.',
  },
  operator: { type: 'http', scheme: 'bearer' },
  safetySession: { type: 'apiKey', in: 'header', name: SAFETY_HEADER },
}

const problem: OpenAPI.SchemaObject = {
  type: 'object',
  description: 'RFC 7807: title is the sentence to show, type what to match on, detail text for a log.',
  required: ['type', 'title', 'status'],
  properties: {
    type: { type: 'string', enum: Object.keys(problemStatuses).map((slug) => `/errors/${slug}`) },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    conflict: { type: 'string', enum: ['name-taken', 'changed'] },
    existing_id: { type: 'string' },
  },
}

const slugs = Object.keys(problemStatuses) as readonly ProblemSlug[]
const statuses = [...new Set(Object.values(problemStatuses))].toSorted((one, other) => one - other)

function problemResponses(): Record<string, OpenAPI.ResponseObject> {
  const responses = statuses.map((status): [string, OpenAPI.ResponseObject] => {
    const named = slugs.filter((slug) => problemStatuses[slug] === status).join(', ')
    const content = { [PROBLEM_MEDIA_TYPE]: { schema: { $ref: '#/components/schemas/Problem' } } }
    return [nameOf(status), { description: named, content }]
  })
  return Object.fromEntries(responses)
}

function nameOf(status: number): string {
  return `Problem${status}`
}

function complete(operation: OpenAPI.OperationObject, path: string): void {
  const isOperator = path.startsWith('/api/')
  const refusals = statuses.map((status) => [status, { $ref: `#/components/responses/${nameOf(status)}` }])
  const done = operation.responses?.['204']
  // Nothing goes out with it, of whatever type.
  if (done !== undefined && 'content' in done) delete done.content
  const grade = grades.get(path)
  Object.assign(operation, {
    tags: [isOperator ? 'operator' : 'consumer'],
    responses: { ...operation.responses, ...Object.fromEntries(refusals) },
    security: isOperator ? [{ operator: [] }, { operator: [], safetySession: [] }] : [{ consumer: [] }],
    ...(grade === undefined ? {} : { 'x-safety-mode': grade }),
  })
}

const { describe, ...nouns } = operatorContract

/** The least safety mode of each of the operator's calls, by its path. */
const grades = new Map(
  [describe, ...Object.values(nouns).flatMap((noun) => Object.values(noun))].map((call) => {
    const { route, meta } = call['~orpc']
    return [String(route.path), meta.grade]
  }),
)
