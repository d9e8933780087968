import { ipcRenderer } from 'electron'

// A port cannot cross into the page through the bridge: it is posted again, to our own origin only.
ipcRenderer.on('nachalo-port', ({ ports }) =>
  window.postMessage({ kind: 'nachalo-port' }, location.origin, ports),
)
