export { default as FoundCard } from './FoundCard.vue'
export { boughtWords, foundWords, resultsPath } from './found-words.ts'
export { rememberFound, useFound } from './use-found.ts'
