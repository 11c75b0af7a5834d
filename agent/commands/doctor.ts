import type { Command } from '../../engine/command-line/command.ts'
import { configurationFrom, WHICH_AGENT, WHICH_AGENT_HELP } from './configuration-flags.ts'
import { AGENT_CHECKS } from './doctor-agent.ts'
import type { Check, DoctorContext, Finding } from './doctor-finding.ts'
import { HOST_CHECKS } from './doctor-host.ts'
import { readArguments } from '../../engine/command-line/read-arguments.ts'
import { sentenceOf } from './sentence.ts'
import { jsonLines } from './table.ts'

const HELP = `restore-agent doctor [--json]

Look at all that the agent needs on this host, say what is wrong, and what to do about it. Nothing is changed, and
no repository is locked. Exits with 1 when something keeps the agent from its work.

      --json                 one object a line
${WHICH_AGENT_HELP}
`

/** What is wrong on this host. Fails when a check did. */
export const doctor: Command = {
  help: HELP,
  async run(args, surroundings) {
    const { values } = readArguments({
      args: [...args],
      options: { ...WHICH_AGENT, json: { type: 'boolean', default: false } },
    })
    const context = { configuration: configurationFrom(values, surroundings), environment: surroundings.environment }
    let [failed, all] = [0, 0]
    for (const [check, look] of [...HOST_CHECKS, ...AGENT_CHECKS]) {
      for (const finding of await findingsOf(look, context)) {
        all += 1
        if (finding.state === 'fail') failed += 1
        surroundings.out.write(values.json ? jsonLines([{ check, ...finding }]) : linesOf(check, finding))
      }
    }
    if (failed > 0) throw new Error(`${failed} of ${all} checks failed.`)
  },
}

/** A check that cannot be made has failed. */
async function findingsOf(look: Check, context: DoctorContext): Promise<readonly Finding[]> {
  try {
    return await look(context)
  } catch (error) {
    return [{ state: 'fail', says: sentenceOf(error), todo: '' }]
  }
}

function linesOf(check: string, { state, says, todo }: Finding): string {
  return `${state.padEnd(4)}  ${check}: ${says}\n${todo === '' ? '' : `      ${todo}\n`}`
}
