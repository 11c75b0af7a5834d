export { ReplicasPage } from './ReplicasPage.tsx'
export { narrowReplicas } from './replica-address.ts'
export { consumerTitle, needsAttention, STATES, scopeWords, semanticWords } from './replica-words.ts'
