import * as contracts from '@pix/contracts/studio-settings.ts'
import { onScopeDispose } from 'vue'
import { call } from '../../base/api.ts'
import { useLoaded } from '../../base/use-loaded.ts'

/** While an uploaded logo is read it is asked for again after so long. */
const LOOK_MS = 1_500

/** The settings of one studio. What a section has saved comes back as the whole. */
export function useStudioSettings(studioId: string) {
  const params = { id: studioId }
  const { state, load } = useLoaded(signal => call(contracts.readStudioSettings, { params }, { signal }))
  let looking: ReturnType<typeof setTimeout> | undefined
  onScopeDispose(() => clearTimeout(looking))

  function keep(settings: contracts.StudioSettings): void {
    state.value = { status: 'loaded', value: settings }
    clearTimeout(looking)
    if (settings.logo.isComing) looking = setTimeout(look, LOOK_MS)
  }
  const look = () => call(contracts.readStudioSettings, { params }).then(keep, again)
  const again = () => {
    looking = setTimeout(look, LOOK_MS)
  }

  return {
    state,
    load,
    saveLook: async (body: { name: { th: string; en: string }; accentColor: string | null }) =>
      keep(await call(contracts.changeStudioLook, { params, body })),
    saveGateway: async (gateway: string | null) =>
      keep(await call(contracts.chooseGateway, { params, body: { gateway } })),
    sendLogo: async (logo: File) => keep(await call(contracts.uploadLogo, { params, form: { logo } })),
    close: async (password: string | undefined) => {
      await call(contracts.closeStudio, { params, body: { password } })
    },
    removeLogo: async () => keep(await call(contracts.removeLogo, { params })),
  }
}
