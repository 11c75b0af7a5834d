import { planeWorld } from './plane-world.ts'

const [directory = ''] = process.argv.slice(2)
const world = await planeWorld({ directory })
const consumer = world.addDevice()
const group = world.addGroup()
const machine = world.addMachine(group, 'db1')
process.stdout.write(`${JSON.stringify({ url: world.url, consumer, group, machine })}\n`)
