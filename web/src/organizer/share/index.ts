export { default as ShareKitCard } from './ShareKitCard.vue'
