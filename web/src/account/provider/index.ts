export { default as ProviderButton } from './ProviderButton.vue'
export { default as ProviderLink } from './ProviderLink.vue'
