export { default as MorningCard } from './MorningCard.vue'
export { default as SoldStrip } from './SoldStrip.vue'
