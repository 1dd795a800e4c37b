export { default as RefundDecision } from './RefundDecision.vue'
export { openLines, refreshOpenLines } from './open-lines.ts'
export { factsOf } from './difference-words.ts'
export { letterName } from './letter-name.ts'
