import { expect, test } from 'vitest'
import { consumerContract, operatorContract } from '../../contract/control-plane/index.ts'
import { problemStatuses } from '../../contract/control-plane/problem.ts'
import { planeWorld } from '../testing/plane-world.ts'

interface Operation {
  readonly requestBody?: { readonly content: Record<string, { readonly schema: unknown }> }
  readonly responses: Record<string, { readonly $ref?: string; readonly content?: Record<string, { schema: unknown }> }>
}

interface Document {
  readonly openapi: string
  readonly paths: Record<string, Record<string, Operation>>
  readonly components: { readonly responses: Record<string, unknown>; readonly schemas: Record<string, unknown> }
}

const { describe, ...nouns } = operatorContract
const procedures = [
  ...Object.values(consumerContract),
  describe,
  ...Object.values(nouns).flatMap((noun) => Object.values(noun)),
]
const routes = procedures.map((procedure) => {
  const { method = 'POST', path = '', successStatus = 200 } = procedure['~orpc'].route
  return { method: method.toLowerCase(), path: String(path), status: String(successStatus) }
})

async function served(): Promise<Document> {
  await using world = await planeWorld()
  const reply = await fetch(`${world.url}/openapi.json`)
  expect(reply.headers.get('content-type')).toBe('application/json')
  return (await reply.json()) as Document
}

test('the document has every call of both contracts and no other, with what it takes and gives', async () => {
  const { openapi, paths } = await served()
  expect(openapi).toMatch(/^3\.1/)
  const written = Object.entries(paths).flatMap(([path, item]) =>
    Object.keys(item).map((method) => `${method} ${path}`),
  )
  expect(written.toSorted()).toEqual(routes.map(({ method, path }) => `${method} ${path}`).toSorted())
  expect(routes).toHaveLength(31)
  for (const { method, path, status } of routes) {
    const operation = paths[path]?.[method]
    const sent = operation?.requestBody?.content['application/json']?.schema
    expect(sent === undefined, `${path} takes a body`).toBe(method === 'get')
    const given = operation?.responses[status]
    expect(given, `${path} answers ${status}`).toBeDefined()
    expect(given?.content?.['application/json']?.schema === undefined, `${path} answers nothing`).toBe(status === '204')
  }
})

test('every call has every status that a problem has, as a problem', async () => {
  const { paths, components } = await served()
  const statuses = [...new Set(Object.values(problemStatuses))]
  for (const { method, path } of routes) {
    for (const status of statuses) {
      const reference = paths[path]?.[method]?.responses[String(status)]?.$ref
      expect(reference).toBe(`#/components/responses/Problem${status}`)
      expect(components.responses[`Problem${status}`]).toMatchObject({
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      })
    }
  }
  const types = Object.keys(problemStatuses).map((slug) => `/errors/${slug}`)
  expect(components.schemas['Problem']).toMatchObject({ properties: { type: { enum: types } } })
})

test('each call says who may make it, and an operator’s which safety mode it takes', async () => {
  const { paths } = await served()
  expect(paths['/api/restore_replicas/delete']?.['post']).toMatchObject({
    tags: ['operator'],
    'x-safety-mode': 'danger',
    security: [{ operator: [] }, { operator: [], safetySession: [] }],
  })
  expect(paths['/api/restore_replicas/list']?.['post']).toMatchObject({ 'x-safety-mode': 'read-only' })
  expect(paths['/restore-worklist']?.['get']).toMatchObject({ tags: ['consumer'], security: [{ consumer: [] }] })
})

test('shapes are written out: no schema of a body is one that takes anything', async () => {
  const { paths } = await served()
  const worklist = paths['/restore-worklist']?.['get']?.responses['200']?.content?.['application/json']?.schema
  expect(worklist).toMatchObject({
    type: 'array',
    items: { properties: { replica_id: { format: 'uuid' }, overdue_after_seconds: {}, params: { type: 'object' } } },
  })
  const create = paths['/api/restore_replicas/create']?.['post']?.requestBody?.content['application/json']?.schema
  expect(create).toMatchObject({ type: 'object', required: expect.arrayContaining(['consumer_device_id', 'name']) })
})
