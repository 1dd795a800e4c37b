export { default as ReportsCard } from './ReportsCard.vue'
