// Served as /sw.js where the service worker is turned off (docs/runbooks/service-worker.md): it deletes what the worker
// kept on this device, unregisters itself, and answers nothing.
self.addEventListener('install', () => self.skipWaiting())
self.addEventListener('activate', event => {
  const cleared = caches
    .keys()
    .then(names => Promise.all(names.filter(name => name !== 'face-models').map(name => caches.delete(name))))
    .then(() => self.registration.unregister())
  event.waitUntil(cleared)
})
