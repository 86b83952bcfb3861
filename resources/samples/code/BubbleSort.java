/** Simple ways to put numbers in order. */
public final class BubbleSort {
    private BubbleSort() {}

    /**
     * Sort an array in ascending order by swapping neighbours that are the wrong way round, until
     * a whole pass finds nothing to swap.
     */
    public static void bubbleSort(int[] numbers) {
        boolean swapped = true;
        for (int end = numbers.length - 1; swapped && end > 0; end--) {
            swapped = false;
            for (int index = 0; index < end; index++) {
                if (numbers[index] > numbers[index + 1]) {
                    int kept = numbers[index];
                    numbers[index] = numbers[index + 1];
                    numbers[index + 1] = kept;
                    swapped = true;
                }
            }
        }
    }

    /** Tell whether an array is already sorted. */
    public static boolean isSorted(int[] numbers) {
        for (int index = 1; index < numbers.length; index++) {
            if (numbers[index - 1] > numbers[index]) {
                return false;
            }
        }
        return true;
    }
}
