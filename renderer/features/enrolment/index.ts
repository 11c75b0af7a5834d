export { EnrolHostDrawer } from './EnrolHostDrawer.tsx'
export { roleWords } from './role-words.ts'
