package dev.sluice.planner;

import java.util.List;

/**
 * A type that takes another one's name in the transaction that swaps all columns of the two: no moment at which a cast to
 * that name means a type that a column does not have.
 *
 * @param forth statements for when what makes one column of the other is gone, and the columns have not changed places
 * @param back the same for the way back
 */
public record TypeExchange(List<String> forth, List<String> back) {

    public TypeExchange {
        forth = List.copyOf(forth);
        back = List.copyOf(back);
    }
}
