/**
 * Loaded into n8n before anything else. When the process that started n8n is gone, however it went,
 * n8n and what n8n started end too: they are a process group of their own.
 */
process.on('disconnect', () => process.kill(0, 'SIGKILL'));
// The channel to the parent must not keep n8n alive.
process.channel?.unref();
