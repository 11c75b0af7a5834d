import { locationsFrom } from './locations.ts'
import { runHeadless } from './run-headless.ts'

process.exitCode = await runHeadless(process.argv.slice(2), locationsFrom(import.meta.url))
