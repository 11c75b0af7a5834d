import { type ParseArgsConfig, parseArgs } from 'node:util'
import { UsageError } from './command.ts'

type Parsed<T extends ParseArgsConfig> = ReturnType<typeof parseArgs<T>>

/** Node's own reading of arguments, strictly. Throws `UsageError` in one sentence for what the command does not take. */
export function readArguments<T extends ParseArgsConfig>(config: T): Parsed<T> {
  try {
    return parseArgs<T>(config)
  } catch (error) {
    if (!isOfParseArgs(error)) throw error
    const [sentence = ''] = error.message.split('. ')
    throw new UsageError(`${sentence.replace(/\.$/, '')}.`, { cause: error })
  }
}

function isOfParseArgs(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')
}
