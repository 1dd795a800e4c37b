import { onScopeDispose, shallowRef } from 'vue'

export type Camera =
  | { status: 'off' | 'starting' | 'refused' }
  | { status: 'live'; stream: MediaStream; facing: 'user' | 'environment' }

/** The camera of this device. It is never opened before `start`, and closed when the component goes away. */
export function useCamera() {
  const camera = shallowRef<Camera>({ status: 'off' })
  let wanted = 0

  function stop() {
    wanted += 1
    if (camera.value.status === 'live') for (const track of camera.value.stream.getTracks()) track.stop()
    camera.value = { status: 'off' }
  }

  async function start(facing: 'user' | 'environment' = 'user') {
    stop()
    const mine = wanted
    camera.value = { status: 'starting' }
    try {
      const stream = await navigator.mediaDevices.getUserMedia({
        audio: false,
        video: { facingMode: facing, width: { ideal: 1280 }, height: { ideal: 1600 } },
      })
      if (mine === wanted) camera.value = { status: 'live', stream, facing }
      else for (const track of stream.getTracks()) track.stop()
    } catch {
      // The person refused, there is no camera, it is in use, or the page has no TLS. A file can be chosen instead.
      if (mine === wanted) camera.value = { status: 'refused' }
    }
  }

  const flip = () => start(camera.value.status === 'live' && camera.value.facing === 'user' ? 'environment' : 'user')

  onScopeDispose(stop)
  return { camera, start, stop, flip }
}
