export { AuditPage } from './AuditPage.tsx'
export { outcomeWords } from './outcome-words.ts'
export { RecentRestores } from './RecentRestores.tsx'
