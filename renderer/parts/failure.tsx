import type { PublicError } from '../../preload/contract/errors.ts';

/** A failure in our words, the service's own beneath, selectable. */
export function Failure({ error, alert = true }: { error: Pick<PublicError, 'message' | 'service'>; alert?: boolean }) {
  return (
    <div className="failure" role={alert ? 'alert' : undefined}>
      <p>{error.message}</p>
      <ServiceWords service={error.service} />
    </div>
  );
}

export function ServiceWords({ service }: { service: PublicError['service'] }) {
  if (!service) return null;
  const parts = [service.status === null ? null : `HTTP ${service.status}`, service.errorCode, service.errorMessage];
  const said = parts.filter((part) => part !== null).join(' · ');
  return said === '' ? null : <p className="service-words">{said}</p>;
}
