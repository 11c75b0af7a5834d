import type { AnyContractProcedure } from '@orpc/contract'
import { isContractProcedure } from '@orpc/contract'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { agentContract } from './agent/index.ts'
import { consoleContract } from './console/index.ts'
import { roleSchema } from './procedure.ts'

function procedures(router: object, path: readonly string[] = []): { name: string; procedure: AnyContractProcedure }[] {
  return Object.entries(router).flatMap(([key, value]) =>
    isContractProcedure(value)
      ? [{ name: [...path, key].join('.'), procedure: value }]
      : procedures(value as object, [...path, key]),
  )
}

const all = [...procedures({ agent: agentContract }), ...procedures({ console: consoleContract })]

test('both contracts have calls', () => {
  expect(all.length).toBeGreaterThan(30)
})

test.each(all)('$name carries JSON only and says what it needs', ({ procedure }) => {
  const { inputSchema, outputSchema, meta } = procedure['~orpc']
  expect(roleSchema.options).toContain(meta['needs'])
  expect(['read', 'write', 'destroy']).toContain(meta['effect'])
  // Throws for a Date, Map, bigint or symbol: they do not survive JSON.
  for (const schema of [inputSchema, outputSchema]) {
    if (schema instanceof z.ZodType) expect(z.toJSONSchema(schema, { io: 'input' })).toBeTypeOf('object')
  }
})
