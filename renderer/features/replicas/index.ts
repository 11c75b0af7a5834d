export { ReplicasPage } from './ReplicasPage.tsx'
export { narrowReplicas } from './replica-address.ts'
export { consumerTitle, needsAttention, scopeWords, semanticWords, STATES } from './replica-words.ts'
