import { useWords } from '../words/words-context.ts';
import { frameOf, linesBetween } from './plot.ts';
import { type Position, positionWords } from './position.ts';

const width = 360;
const height = 180;
/** From the lower edge up stand the longitudes. */
const lowestLabel = 12;

/** Places on a grid of degrees, drawn here: nobody outside is asked for a map. */
export function PositionPlot({ positions }: { positions: readonly Position[] }) {
  const words = useWords();
  const frame = frameOf(positions);
  const x = (longitude: number): number => ((longitude - frame.west) / frame.width) * width;
  const y = (latitude: number): number => ((frame.north - latitude) / frame.height) * height;
  const places = positions.map(({ latitude, longitude }) => `${x(longitude).toFixed(1)},${y(latitude).toFixed(1)}`);
  const last = positions.at(-1);
  if (!last) return null;
  return (
    <svg
      className="plot"
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={words.detail.decoded.plot(positionWords(last, words))}
    >
      {linesBetween(frame.west, frame.west + frame.width, frame.step).map((longitude) => (
        <g key={longitude}>
          <line
            className={longitude === 0 ? 'plot-zero' : 'plot-line'}
            x1={x(longitude)}
            x2={x(longitude)}
            y1={0}
            y2={height}
          />
          <text x={x(longitude) + 3} y={height - 4}>
            {longitude}°
          </text>
        </g>
      ))}
      {linesBetween(frame.north - frame.height, frame.north, frame.step).map((latitude) => (
        <g key={latitude}>
          <line
            className={latitude === 0 ? 'plot-zero' : 'plot-line'}
            x1={0}
            x2={width}
            y1={y(latitude)}
            y2={y(latitude)}
          />
          {y(latitude) > height - lowestLabel ? null : (
            <text x={3} y={y(latitude) - 3}>
              {latitude}°
            </text>
          )}
        </g>
      ))}
      {places.length > 1 ? <polyline className="plot-way" points={places.join(' ')} /> : null}
      <circle className="plot-place" cx={x(last.longitude)} cy={y(last.latitude)} r={5} />
    </svg>
  );
}
