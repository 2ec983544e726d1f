// Makes this process think that it is an older Node.
Object.defineProperty(process.versions, 'node', {value: '20.19.0'})
